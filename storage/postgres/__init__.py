"""PostgreSQL, the engine for several machines: imported only where an address names one.

engine        its connection, and visits to it
wire          statements there and rows back, in one pipeline
leaders       who leads what, over a connection of its own
dialect       our SQL in its words
server        its address, and looking at a database before anything is written to it
moving        as a house that is moved from, or into
state         what it says of itself to the doctor
failures      what it says, in our words
"""
