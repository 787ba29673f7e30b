"""Being watched: health for a supervisor, readiness and metrics for an operator. Off unless asked for."""
