"""What is printed and returned: records composed of the stored objects, and their wording.

The shape of everything that a user receives may enter, and no format. It imports `kb` and below.
`fields` needs no Pydantic, as completion uses it.
"""
