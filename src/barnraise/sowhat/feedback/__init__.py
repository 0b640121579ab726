"""What people say, in one place: comments, themes, and the answer that is published."""
