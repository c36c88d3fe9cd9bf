"""The Django project: what people use."""
