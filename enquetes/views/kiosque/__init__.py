"""A shared device without JavaScript, under ``/k/``: one address, nothing kept (collecte §3)."""
