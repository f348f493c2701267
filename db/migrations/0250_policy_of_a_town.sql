-- The town's policy lies beside the town: who signs in is judged by it, and people stand below the limits.
alter table limits.policy set schema people;
