"""What the library's source distribution leaves out of its tests."""

# How long each is.
MEDIA = {
    "telegram.jpg": 27_662,
    "telegram.png": 12_948,
    "telegram.webp": 39_518,
    "telegram.mp4": 326_534,
    "telegram2.mp4": 132_084,
    "telegram.mp3": 122_920,
    "telegram.ogg": 9_199,
    "game.gif": 5_859,
}
