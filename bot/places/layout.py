"""How the index of places lies on the disk, for whoever writes it and whoever reads it."""

from enum import IntEnum
from pathlib import Path

TABLES = Path(__file__).parent
NAMES, CITIES, LISTS = "names.marisa", "cities.bin", "lists.json"
SMALLEST = 5_000  # people of the towns that are known
FORMAT = 7  # raised where anything here or in `fold` changes what is written
ENTRY = "<IB"  # under a folded name: a number, and of what
RECORD = (
    "<IHHBffIB"  # population, zone, region, country, latitude, longitude, where the name begins, its length
)


class EntryKind(IntEnum):
    """What a name names."""

    CITY = 0  # by GeoNames' own name
    ALTERNATE = 1  # a city, by another of its names
    REGION = 2
    REGION_CODE = 3  # letters, which mean a region only after a city
    COUNTRY = 4
    COUNTRY_CODE = 5  # letters, as above
