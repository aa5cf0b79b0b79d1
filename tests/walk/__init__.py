"""The main job, end to end, in a browser: from the staff list to the letter the director reads."""
