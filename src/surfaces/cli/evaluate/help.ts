/** What `fineline evaluate --help` prints. */
export const HELP = `fineline evaluate: learn from one file, predict another, print how good that was

  fineline evaluate --task T --train FILE [--history FILE] --test FILE [--catalog FILE]
                    [--k 20] [--min-people 3] [--seed 1] [--json] [--report FILE]

Files are CSV, plain or .gz, with a header line. Columns: person,item and, where the task needs them,
time (epoch seconds or ISO 8601) and basket. Other columns are ignored. Consent is declared for the file
as a whole. Nothing is explored: the same files and seed give the same lists.

Tasks
  topn      lists for people from all they had; items of the training file are left out. Where both files
            have time and the test rows are of later days, what was wanted last counts more, and what a
            person had half a year ago half as much; where they came after what the same person had, lists
            follow the order in which things came if that finds more
  next      one later item per person (training needs time); items of the training file are left out
  session   person is a session; each click from the second on is predicted from those before it
            (both files need time); repeats allowed
  basket    one target basket per person (training needs basket; time where baskets are not in order);
            repeats allowed

Flags
  --history FILE     people who are served but not learned from: what they had before
  --catalog FILE     further items (column item) that count as catalogue; where there are columns title,
                     category (A > B) or brand, what is like what one has by them counts as well, as much as
                     finds more (not in basket)
  --k N              length of the list (1 to 100)
  --min-people N     item pairs seen in fewer people carry no weight; 1 switches this off
  --seed N           decides which part of the training file is held out to choose settings
  --json             print one JSON object instead of a table
  --report FILE      also write a page (HTML, nothing loaded from elsewhere) with the figures and a plot

Fields of the answer
  task, k, minPeople, seed   as asked
  people              test people (or sessions) with at least one list
  predictions         lists judged; more than people only for session
  peopleUnseen        of them, people of whom nothing was known: served by popularity
  items               catalogue: distinct items of catalogue, training and history files
  interactions        rows of the training file
  recall              mean share of a person's targets that are in the list of k
  ndcg                mean normalised discounted gain; the ideal is cut at k
  mrr                 mean of 1 / rank of the first hit, 0 without a hit
  hitRate             share of lists with at least one hit
  coverage            share of catalogue items that appear in at least one list
  learnSeconds        choosing settings on the training file and learning, wall clock
  decisionMicrosP50, decisionMicrosP99
                      time of one list, from stored history to sorted items, over all lists
  peakMemoryMiB       most resident memory of the process
  model               name, chosen settings and weights
  intervals           95 % of the bootstrap over people (or sessions), for each of the four figures
  recallAt            recall if lists ended after 1, 2, … k places
  popular             the same figures for what is popular and nothing else, on the same questions
  repeat, explore     basket alone: recall and hit rate of what a person had before, and of what was new
                      to them, each over the lists that have such a target

Exit codes: 0 done, 1 a file cannot be used (the message names file, line, column), 2 bad usage

Example
  fineline evaluate --task next --train orders.csv.gz --test later.csv --k 10 --json
`;
