"""Pressing what a phone cannot: buttons that were forwarded, forged, or taken away long ago."""

from people import Person, settled

from bot.sandbox import Message


async def forges(presser: Person, on: Message, data: str) -> None:
    """Press a button with this data on a message, whatever stands under it, and let the bot finish."""
    world = presser.home.world
    query = world.new_callback(presser.phone.chat.chat_id, presser.phone.user_id)
    world.inject(
        {
            "callback_query": {
                "id": query.query_id,
                "from": presser.phone.person.to_user(),
                "chat_instance": "1",
                "message": on.body,
                "data": data,
            }
        }
    )
    await settled(presser.home)
