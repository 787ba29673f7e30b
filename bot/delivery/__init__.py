"""Getting messages out: the drain of the outbox, its pace, what to do after a failure, and the heartbeat."""
