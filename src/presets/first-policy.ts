// What `fineline.policy.yaml` says when it is made: the strict policy in words, with what can be added. A
// test holds it and the defaults together.

/** Comments are for the person who opens it first. */
export const FIRST_POLICY = `# What this shop may decide. It narrows what the law and the person allow.
# Read at start and by “fineline policy apply”; every version is committed to the
# log. docs/policy.md explains each field.
#
#   fineline policy check      what is wrong, with its line
#   fineline policy explain    what holds, in words
policy: 1

# People behind every learned number, at least (3 or more).
minPeople: 3

# The purposes this shop uses, each with the data it may read. A purpose that is not here is not used.
purposes:
  recommend: [purchases, browsing, basket, interactions, declared]
  improve: [purchases]
  contact: [purchases, browsing, basket, interactions, declared]
  measure: [purchases, interactions]

# Who may look on: own-screen, shared-screen, open. More public than this needs no word; more private needs
# “reason:”, which is committed to the log.
channels:
  web: { publicity: own-screen }
  app: { publicity: own-screen }
  email: { publicity: shared-screen }
  push: { publicity: own-screen }
  letter: { publicity: open }
  till: { publicity: open }
  assistant: { publicity: own-screen }
  ar: { publicity: own-screen }

# Things that would tell too much about whoever is interested in them. The catalogue finds twelve classes by
# itself (docs/classes.md); here the shop adds to them, and excepts things from them for a reason.
sensitive:
  add: []
  #  - class: own-lingerie
  #    paths: [Clothing > Underwear]
  except: []
  #  - class: alcohol
  #    paths: [Food > Vinegar]
  #    reason: wine vinegar is no wine
  # Classes that not even a thing in the basket opens on a screen of one's own.
  neverInContext: []
  # Things nobody can tell a class of (“fineline catalogue review”): show them, or hold them back until they
  # stand under add or here, as looked at and of none.
  unmapped: show
  reviewed: {}

# Some weeks of contact withheld by lot, and none where a contact surely brings too few purchases.
# contact:
#   holdOut: { rate: 0.05, responseMin: 0.002 }

# Leaves of a class that ordinary things may not betray. Needs volunteers, so “guard: [purchases]” above.
# proxies:
#   paths: [Pharmacy > Pregnancy]
#   volunteersMin: 1000
#   erase: false # true also takes out of the model what goes with them a little, in many things

# Slots a page, app or till can ask for. The purpose stands here and never comes from the caller.
placements:
  - id: home
    purpose: recommend
    channels: [web, app]
    strategy: for-you
    itemsMax: 20
    exploreRate: 0.05 # share of answers whose last place is drawn by lot
    perLeafMax: 3 # at most so many of one category in a list
  - id: product
    purpose: recommend
    channels: [web, app]
    strategy: complements
    itemsMax: 10
  - id: basket
    purpose: recommend
    channels: [web, app]
    strategy: complements
    itemsMax: 10
    perLeafMax: 2
  - id: till
    purpose: recommend
    channels: [till]
    strategy: complements
    itemsMax: 3
    exploreRate: 0
    perLeafMax: 1
  # What people buy again, and what comes after it. Its model is learned only while a slot asks for it.
  # - id: again
  #   purpose: recommend
  #   channels: [web, app]
  #   strategy: next-basket
  #   itemsMax: 10
  # What is looked at next; learns from looks, so “improve” above must read browsing, too.
  # - id: next
  #   purpose: recommend
  #   channels: [web, app]
  #   strategy: next-click
  #   itemsMax: 10
  # A page of a category, asked for with the category that it is of (context.within).
  # - id: category
  #   purpose: recommend
  #   channels: [web, app]
  #   strategy: for-you
  #   itemsMax: 20
  #   perLeafMax: 20
  - id: email
    purpose: contact
    channels: [email]
    strategy: for-you
    itemsMax: 6
    perLeafMax: 2
    capPerItem: { impressionsMax: 1, windowHours: 720 }
    capPerPerson: { impressionsMax: 1, windowHours: 168 }
`;
