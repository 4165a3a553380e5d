-- Spreads the data over the workers of Citus, once, after the migrations. What belongs to nobody goes to all of them.
SELECT create_distributed_table('people', 'person');
SELECT create_distributed_table('entries', 'person', colocate_with => 'people');
SELECT create_distributed_table('outbox', 'person', colocate_with => 'people');
SELECT create_reference_table('revisions');
SELECT create_reference_table('items');
SELECT create_reference_table('documents');
SELECT create_reference_table('pointers');
