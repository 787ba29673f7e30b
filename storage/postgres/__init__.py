"""PostgreSQL, the engine for several machines: imported only where an address names one.

engine        its connection, and visits to it
dialect       our SQL in its words
server        its address, and looking at a database before anything is written to it
failures      what it says, in our words
"""
