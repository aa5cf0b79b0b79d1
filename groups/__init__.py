"""Groups, talking: closed groups."""
