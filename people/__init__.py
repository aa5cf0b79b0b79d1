"""People, who: roster, units, roles, sign-in, the log of acts."""
