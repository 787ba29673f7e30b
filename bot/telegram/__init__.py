"""The only room that knows python-telegram-bot.

routes     the whole conversation as one ordered table
intake     fetches updates, one transaction a batch, a savepoint an update
handlers/  one act a function: read the update, call one action
callbacks  what a button carries
compose    a message's kind and ids become one Telegram call, with its words, when it is sent
facts/     what a message says besides its fixed words, loaded when it is sent
keyboards/ which buttons stand under which message
sender     talks to Telegram; its exceptions become values
"""
