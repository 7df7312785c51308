"""Changes: what is typed becomes objects, an edit becomes a proved and whole new file.

Whatever makes or carries out a change may enter. It imports `query`, `importing` and below.
"""
