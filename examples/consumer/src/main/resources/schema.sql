create table if not exists reports (
    id varchar(36) primary key,
    owner varchar(100) not null,
    title varchar(200) not null
);
