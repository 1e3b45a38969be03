"""Indicators: the shape of their files, the model they read, and the computing of all of them."""
