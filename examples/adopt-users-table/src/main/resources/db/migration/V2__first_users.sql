insert into users (email, password, name, credits) values
    ('ann@example.com', '{noop}ann', 'Ann', 12),
    ('ben@example.com', '{noop}ben', 'Ben', 0);
