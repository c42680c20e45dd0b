"""Saddle: watches how you sit and tells you when your hips tip back."""
