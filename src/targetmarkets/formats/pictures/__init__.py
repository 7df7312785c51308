"""Pictures of lists for a person: timeline, matrix, comparison; each one screen."""
