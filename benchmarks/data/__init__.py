"""What figures need in the database, made from inside a process of the portal."""
