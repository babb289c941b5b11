"""Texts about people met and private notes. Only the person who met them reads these."""

from bot.core.catalog import Button, Label, Plural, Text

# My people on Home, and the window with everyone, for the person who met them.
PEOPLE_MET = Label("People you've met")
NO_ONE_YET = Text("No one yet. Your first coffee will show up here.")
MET = Plural("{person} · {day} · met once", "{person} · {day} · met {count} times")
ONLY_A_NOTE = Text("{person} · you wrote a note, but you haven't met")
MORE_NOTES = Plural("and {count} earlier note", "and {count} earlier notes")
ADD_NOTE = Button("Add note")
EDIT_NOTE = Button("Edit note")
SEE_ALL = Button("See all {people}")
SHOW_LATER = Button("Show later")
SHOW_EARLIER = Button("Show earlier")
CLOSE = Label("Close")
ONLY_YOU_LIST = Text("Only you can see this list and your notes.")

# After someone said that they met, next to my answer.
ADD_A_NOTE = Button("Add a note")

# In the form for a note on one meeting, and in its place once it's saved.
PRIVATE_NOTE = Label("Private note")
WHAT_TO_REMEMBER = Label("What do you want to remember about {name}?")
NOTE_EXAMPLE = Label("Moving to Lisbon in June, curious about our data")
ONLY_YOU = Label("Only you can see this.")
SAVE = Button("Save")
SAVED = Text("Saved. Only you can see it.")
NOT_SAVED = Text("It was empty, so I didn't keep a note.")

# In the form for all notes about one person.
PRIVATE_NOTES = Label("Private notes")
MET_ON = Label("{name}, met {day}")
NOTE_FROM = Label("{name}, note from {day}")
ONLY_YOU_OR_CLEAR = Label("Only you can see this. Clear it to delete the note.")
SOMEONE = Label("Someone")

# When a note can't be opened or saved.
NOT_MET = Text("You haven't met them yet. You can add a note after your first coffee.")
FORGOTTEN = Text("I no longer know anyone from this meeting, so I can't save a note.")
NO_MEETING = Text("This meeting is no longer on your list, so I can't save a note.")
TOO_LONG = Label("That's {length} characters, and the limit is {most}. Please shorten it.")
