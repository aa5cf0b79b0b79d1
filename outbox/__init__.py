"""Outbox, durable mail: every mail the portal sends is a row first."""
