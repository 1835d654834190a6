"""What the person at the desk sees, a file for each screen; each ends in a call to the desk and decides nothing."""
