"""What the pages of help say: countries, and one country's lines."""

from bot.telegram.scene import Facts, Scene

PAGE = 12


async def page(scene: Scene) -> Facts:
    """List a page of countries by name."""
    countries = sorted(scene.lexicon.countries(scene.language).values(), key=lambda country: country.name)
    last = (len(countries) - 1) // PAGE
    number = min(int(scene.message.details.get("page", 0)), last)
    shown = countries[number * PAGE : (number + 1) * PAGE]
    return {"countries": [(c.id, c.name) for c in shown], "page": number, "more": number < last}


async def lines(scene: Scene) -> Facts:
    """List a country's lines; none for one that we don't have, or that a restart has forgotten."""
    picked = scene.here.whispers.hear(int(scene.message.details.get("whisper", 0)))
    country = scene.lexicon.countries(scene.language).get(picked)
    return {"country": country.name if country else "", "lines": country.lines if country else ()}
