"""A newsletter on paper, for who gets no mail: pages to read and a poster to hang up."""
