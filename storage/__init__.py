"""Memory: the database, its migrations, its SQL, its locks and its keys.

database      open, begin and end units of work, close; all else is reached from here
unit          one transaction, its savepoints and its repositories
partners couples rounds words kept invites outbox spool updates
              the repositories: SQL beside the code that maps its row
engine        what an engine is: its verbs, statements, visits
sqlite        the embedded engine: one file, which one process has to itself
postgres      the engine for several machines: its connection, our SQL in its words, a look before writing
engines       which of the two an address means
locks         what a unit locks before it reads, where other processes write too
leaders       who does what only one process may do at a time
transaction   what a unit of work may run, until it ends
context       what the repositories of one unit share
inspection    looking at a file before anything is written to it
migrate       the schema's numbered steps, in migrations/
notes         what the database knows about itself
vault         sealing words and names, wrapping the partners' keys
keyring       the operator's keys, in a file of their own
tombstones    who has been forgotten, beside the key file
backup        copying a live database, and putting a copy back
moving        from a file to a server, or back, table by table
verification  reading everything, for the doctor
sweep         deleting what has served its time
files         names, private files, and the lock of a data folder
instants      instants as microseconds
errors        what can go wrong, each a line for the operator
"""
