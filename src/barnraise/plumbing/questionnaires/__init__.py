"""Versioned questions and answers: surveys, forms and what came of them."""
