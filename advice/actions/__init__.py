"""What is done in concluding, one verb each: every function writes, and logs the act."""
