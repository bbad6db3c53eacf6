-- Grades are looked up by customer; one key serves that and keeps them single, where two indexes did.
alter table customer_grade drop constraint customer_grade_pkey, add primary key (customer_id, scheme_id);
drop index customer_grade_customer;
