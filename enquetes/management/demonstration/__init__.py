"""What the demonstration shows: invented people, in real places, through the real forms."""
