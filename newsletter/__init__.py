"""Newsletter, sending: issues composed from what the portal holds."""
