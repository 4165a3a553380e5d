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

# Appliances > Coffee > Coffee machine care
+ Coffee beans
= each
descaler | Descaler for coffee machines | 8.90 | Haldis | 75
  Twice a year, the machine writes you a thank-you note.
water-filter-cartridge | Water filter cartridges, four | 24.90 | Haldis | 62
  Soft water, long life.
cleaning-tablets | Cleaning tablets, 20 | 11.90 | Haldis | 58
  What a dentist is to teeth.

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

# Appliances > Home > Cleaning machines
+ Home spares
= vacuums
vacuum-robot | Robot vacuum, connected | 349.00 | Haldis | 9
  Afraid of socks, brave with crumbs.
  + vacuum-robot-brushes
vacuum-cordless | Cordless vacuum | 279.00 | Haldis | 12
  For crumbs that arrive by themselves.

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

# Appliances > Home > Lamps
+ batteries-aa
= each
night-light-moon | Moon night light | 24.90 | Zwergenhaus | 29
  Full every night.
  + Children’s books
wake-up-light | Wake-up light, connected | 79.00 | Haldis | 17
  Sunrise by appointment.
  + Coffee beans
`);
