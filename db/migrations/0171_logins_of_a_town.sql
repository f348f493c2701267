-- A login is one of its kind in its town: what another town's people are called is nobody's business, and a key that holds all towns together
-- cannot be kept where towns lie apart.
create unique index officer_login_in_town on people.officer (town, lower(login));
drop index people.officer_login;
alter index people.officer_login_in_town rename to officer_login;
