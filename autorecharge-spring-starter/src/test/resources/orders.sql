create table orders (id varchar(255) primary key);
