.PHONY: check test docs lock audit

check: ## everything that decides whether a change lands
	bash .ci/run

test: ## the tests, with the environment at hand
	.venv/bin/python -m pytest -n auto --dist worksteal

lock: ## the versions that CI installs, taken anew
	bash .ci/lock --upgrade

audit: ## has anything that is locked a known vulnerability? needs the network
	bash .ci/audit

docs: ## the generated pages
	.venv/bin/python scripts/build_docs.py
