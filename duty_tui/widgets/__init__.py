"""Small, reusable pieces of a screen; each knows how to show a thing, none knows the desk."""
