create table users (
    id bigint primary key,
    email varchar(200) null,
    credits numeric(12, 2) default 0 not null
);

insert into users (id, credits) values (1, 50);
