"""What the portal holds that a newsletter can carry, one module per tool."""
