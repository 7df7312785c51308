.PHONY: check test docs

check: ## everything that decides whether a change lands
	bash .ci/run

test: ## the tests, with the environment at hand
	.venv/bin/python -m pytest -n auto --dist worksteal

docs: ## the generated pages
	.venv/bin/python scripts/build_docs.py
