-- What a category's limits, the calendar and the policy are: the room is called by what it holds. "Rules" are the town's regulations.
alter schema rules rename to limits;
