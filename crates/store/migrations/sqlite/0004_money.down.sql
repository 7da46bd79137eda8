-- Takes away the accounts, with all that they tell of the past.
DROP TABLE model_answers;
DROP TABLE ledger;
DROP TABLE reservations;
DROP TABLE spending;
DROP TABLE budgets;
