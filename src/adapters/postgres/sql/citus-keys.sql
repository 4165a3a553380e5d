-- Spreads the keys over the workers of Citus, once, after the migrations.
SELECT create_distributed_table('keys', 'person');
