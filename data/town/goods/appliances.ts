// Connected appliances and what belongs to them: helpful, repairable, quiet at night.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const applianceProducts: readonly TownProduct[] = stock(`
# Appliances > Coffee > Coffee machines
+ Coffee beans, Coffee machine care, Coffee filters, Milk, Cups
coffee-machine-bella | Bella filter coffee machine, connected | 149.00 | Haldis | 16
  Starts when the alarm clock stops.
  + Coffee filters, Coffee beans, Coffee machine care
coffee-machine-ornella | Ornella espresso machine, connected | 649.00 | Bar Ornella | 6
  Two boilers, one temperament.
  + beans-napoli-dark, Coffee machine care, Milk, cups-espresso-four
coffee-grinder-electric | Electric coffee grinder | 129.00 | Haldis | 13
  Forty settings; you will use two.
  + Coffee beans, Coffee filters
coffee-machine-bean-to-cup | Bean-to-cup coffee machine, connected | 449.00 | Haldis | 8
  Grinds, brews, and reports when the beans run low.
  + Coffee beans, Coffee machine care, Milk, Cups

# Appliances > Coffee > Coffee machine care
+ Coffee beans
= each
descaler | Descaler for coffee machines | 8.90 | Haldis | 75
  Twice a year, the machine writes you a thank-you note.
water-filter-cartridge | Water filter cartridges, four | 24.90 | Haldis | 62
  Soft water, long life.
cleaning-tablets | Cleaning tablets, 20 | 11.90 | Haldis | 58
  What a dentist is to teeth.
milk-system-cleaner | Milk system cleaner 500 ml | 9.90 | Haldis | 51
  Rinses yesterday’s cappuccino out of the tubes.
  + cleaning-tablets, Milk

# Appliances > Kitchen > Kitchen machines
+ Cooking tools, Cookery books
= each
bread-maker | Bread maker, connected | 119.00 | Haldis | 11
  Wakes the house by smell.
  + kitchen-scale, book-bread-patience, Honey and jam
kettle-gooseneck | Gooseneck kettle, to the degree | 89.00 | Haldis | 20
  Pours like handwriting.
  + Tea, pour-over-set
stand-mixer | Stand mixer | 329.00 | Haldis | 7
  Kneads so that you can read.
blender-hand | Hand blender | 49.90 | Haldis | 30
  Settles every argument between carrots.
  + book-soups-sundays, pot-cast-iron, Fruit and vegetables

# Appliances > Kitchen > Cooking tools
+ Kitchen staples
= each
kitchen-scale | Kitchen scale, to the gram | 29.90 | Haldis | 33
  Honest since 1 g.
pot-cast-iron | Cast-iron pot 4.5 l | 119.00 | Tonwerk | 14
  Inherit it, or be the one to start.
  + book-one-pot-winter, wooden-spoon
wooden-spoon | Wooden spoon, olive | 9.90 | Olivia | 70
  Conducts the soup.
knife-chef | Chef’s knife 20 cm | 64.90 | Tonwerk | 22
  Tomatoes give in at the sight of it.
  + Fruit and vegetables, Cookery books

# Appliances > Kitchen > Fridges and freezers
+ fridge-odour-filters, plug-energy, Butter and cheese, Milk
= fridges
fridge-freezer-tall | Fridge-freezer, 340 litres, connected | 749.00 | Polarby | 7
  Tells you in the shop that there is still milk.
fridge-undercounter | Undercounter fridge, 130 litres | 329.00 | Polarby | 9
  Small, quiet, and always room for one more lemon.

# Appliances > Kitchen > Fridges and freezers
+ fridge-odour-filters, plug-energy, Ice cream, Fish and meat
= freezers
freezer-upright | Upright freezer, 220 litres, connected | 599.00 | Polarby | 5
  Reports an open door before the peas notice.
freezer-chest-small | Chest freezer, 100 litres | 259.00 | Polarby | 0
  A whole summer of berries can lie down in it.

# Appliances > Home > Air and climate
+ Home spares
= each
air-purifier | Air purifier, connected | 199.00 | Luftikus | 10
  The forest, in a corner.
  + air-purifier-filter
humidifier-cedar | Humidifier, cedar look | 69.00 | Luftikus | 15
  A small cloud for dry rooms.
thermostat-radiator | Radiator thermostat, connected | 54.90 | Luftikus | 32
  Warm when you are home, thrifty when you are not.
  + batteries-aa
fan-pedestal | Pedestal fan, connected | 89.00 | Luftikus | 19
  Turns its head politely to everyone on the sofa.
  + batteries-aa, hub-home

# Appliances > Home > Cleaning machines
+ Home spares
= vacuums
vacuum-robot | Robot vacuum, connected | 349.00 | Haldis | 9
  Afraid of socks, brave with crumbs.
  + vacuum-robot-brushes
vacuum-cordless | Cordless vacuum | 279.00 | Haldis | 12
  For crumbs that arrive by themselves.
vacuum-cylinder-bag | Cylinder vacuum with bag | 159.00 | Haldis | 14
  Follows like a good dog and eats more.
  + vacuum-bags-ten
vacuum-handheld | Handheld vacuum | 69.00 | Haldis | 21
  For the car, the stairs, and the sofa after biscuits.
  + vacuum-filter-washable

# Appliances > Home > Home spares
+ Air and climate
= each
batteries-aa | Rechargeable batteries AA, eight | 19.90 | Haldis | 90
  Charged a thousand times, complained never.
air-purifier-filter | Filter for the air purifier | 39.90 | Luftikus | 28
  Breathe in; change; breathe out.
  + air-purifier
vacuum-robot-brushes | Brush set for the robot vacuum | 17.90 | Haldis | 36
  New shoes for a hard worker.
  + vacuum-robot
vacuum-bags-ten | Vacuum bags, ten | 12.90 | Haldis | 74
  They close by themselves, so nobody has to look.
  + vacuum-cylinder-bag
vacuum-filter-washable | Washable filter for cordless vacuums | 14.90 | Haldis | 43
  Rinse, dry overnight, begin again.
  + vacuum-cordless, vacuum-handheld
humidifier-cartridge | Lime cartridges for the humidifier, three | 18.90 | Luftikus | 35
  Let the cloud through, keep the chalk.
  + humidifier-cedar
fridge-odour-filters | Odour filters for fridge and freezer, two | 14.90 | Polarby | 46
  End the long talk between cheese and strawberries.
  + Fridges and freezers
mower-blades-nine | Blades for the robot mower, nine | 16.90 | Grünschnitt | 48
  Three changes, one sharp summer.
  + mower-robot

# Appliances > Home > Lamps
+ batteries-aa
= each
night-light-moon | Moon night light | 24.90 | Zwergenhaus | 29
  Full every night.
  + Children’s books
wake-up-light | Wake-up light, connected | 79.00 | Haldis | 17
  Sunrise by appointment.
  + Coffee beans
lamp-desk-dimmable | Desk lamp, dimmable | 59.90 | Haldis | 24
  From homework to lullaby in one turn.
  + bulbs-connected-two, Stationery
lamp-floor-arc | Arc floor lamp, brass | 149.00 | Casa Bruna | 9
  Leans over your book and never reads ahead.
  + bulbs-connected-two, Novels, Reading comforts

# Appliances > Home > Smart home
+ hub-home, batteries-aa
= each
plug-energy | Energy meter plug, connected | 24.90 | Heimlicht | 67
  Knows what the old freezer really costs.
  + hub-home, Lamps
hub-home | Home hub, connected | 99.00 | Heimlicht | 18
  Introduces the lamps to the heating.
  + bulbs-connected-two, thermostat-radiator, plug-energy, sensor-window
sensor-window | Window sensors, connected, two | 34.90 | Heimlicht | 41
  Remember the skylight when the rain begins.
  + thermostat-radiator, hub-home, batteries-aa
sensor-leak | Water leak sensor, connected | 29.90 | Heimlicht | 38
  Calls you before the neighbours below do.
  + Washing machines, batteries-aa, hub-home
doorbell-camera | Doorbell with camera, connected | 129.00 | Heimlicht | 13
  Shows you the parcel, the postwoman and the cat.
  + batteries-aa, hub-home

# Appliances > Home > Sound and light
+ Music and radio plays, batteries-aa
= each
bulbs-connected-two | Connected bulbs, candlelight to daylight, two | 29.90 | Heimlicht | 82
  Candles at eight in the evening, noon at seven in the morning.
  + hub-home, Lamps
radio-kitchen | Kitchen radio | 79.00 | Klangwerk | 26
  Knows the weather, the football, and your song.
speaker-room | Room speaker, connected | 149.00 | Klangwerk | 20
  A small box with a large hall inside.
  + Music and radio plays, hub-home
turntable-oak | Record player, oak | 249.00 | Klangwerk | 7
  Crackles like a small stove.
  + music-piano-rain, speaker-room

# Appliances > Home > Garden machines
+ garden-battery-18v
= each
mower-robot | Robot mower, connected | 799.00 | Grünschnitt | 6
  Goes round the daisies if you ask it to.
  + mower-blades-nine
hedge-trimmer-cordless | Cordless hedge trimmer | 129.00 | Grünschnitt | 15
  Straight hedges, friendly neighbours.
watering-computer | Watering computer, connected | 89.00 | Grünschnitt | 23
  Reads the forecast and spares the tap.
  + batteries-aa, hub-home
garden-battery-18v | Spare garden battery 18 V with charger | 79.00 | Grünschnitt | 34
  The second half of the hedge.
  + hedge-trimmer-cordless

# Appliances > Laundry > Washing machines
+ Washing machine care, sensor-leak
= washing-machines
washing-machine-8kg | Washing machine 8 kg, connected | 649.00 | Trommel & Sohn | 9
  Sends word when the socks are done.
washing-machine-compact | Compact washing machine 6 kg | 429.00 | Trommel & Sohn | 8
  Fits the niche, takes all of Monday.
washer-dryer | Washer-dryer 8 kg, connected | 899.00 | Trommel & Sohn | 5
  Goes in muddy, comes out warm.
  + Washing machine care, dryer-balls-wool, sensor-leak

# Appliances > Laundry > Washing machines
+ dryer-balls-wool, laundry-nets-three
= dryers
dryer-heat-pump | Heat pump dryer, connected | 699.00 | Trommel & Sohn | 6
  Warm towels, a cool electricity bill.

# Appliances > Laundry > Washing machine care
+ Washing machines
= each
descaler-washing-machine | Descaler for washing machines, four sachets | 9.90 | Trommel & Sohn | 78
  Chalk belongs on blackboards.
drum-cleaner | Drum cleaner for washing machines 250 ml | 6.90 | Trommel & Sohn | 66
  A bath for the one who washes everybody.
dryer-balls-wool | Wool dryer balls, six | 16.90 | Waschbär | 44
  A small flock that keeps towels fluffy.
  + dryer-heat-pump, wool-wash
laundry-nets-three | Laundry nets, three | 8.90 | Waschbär | 57
  Where small socks travel as a group.
  + wool-wash, Washing machines

# Appliances > Bath > Bathroom devices
+ Hair and shaving, batteries-aa
= each
toothbrush-sonic | Sonic toothbrush, connected | 89.00 | Badewald | 27
  Counts the two minutes, so that you can think.
  + toothbrush-heads-four, Oral care
toothbrush-heads-four | Brush heads for the sonic toothbrush, four | 19.90 | Badewald | 73
  A fresh start every season.
  + toothbrush-sonic, Oral care
scale-bathroom | Bathroom scale, connected | 59.00 | Badewald | 22
  Tells only you, and very quietly.
  + batteries-aa, Gym at home
hair-dryer-foldable | Foldable hair dryer | 49.90 | Badewald | 29
  A south wind that fits a drawer.
  + Hair and shaving
mirror-lit | Lit bathroom mirror | 44.90 | Badewald | 16
  Honest, but in a kind light.
`);
