-- getenv(name): a variable of the environment that the program was started in, as text;
-- NULL where it is not set. With -safe it is refused.
-- Example: SET VARIABLE user = getenv('USER');
CREATE OR REPLACE MACRO getenv(name) AS _getenv(name)[1];
