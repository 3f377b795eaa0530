import type { PainKey } from './pain.ts';

export type Sector = {
  /** HubSpot's industry code. */
  industry: string;
  /** Latent fit with the product, about -1.5 to 1. */
  fit: number;
  weight: number;
  fleet: string;
  vehicle: string;
  site: string;
  sites: string;
  names: string[];
  stems: string[];
  pains: PainKey[];
  /** Typical vehicles for a firm of 100 people. */
  density: number;
};

const words = (text: string): string[] => text.split(/,\s*/);
const depots = { site: 'depot', sites: 'depots' };

export const SECTORS: Sector[] = [
  {
    industry: 'TRANSPORTATION_TRUCKING_RAILROAD',
    fit: 0.8,
    weight: 22,
    fleet: 'tractor units',
    vehicle: 'tractor unit',
    ...depots,
    stems: words(
      'Brennholt, Caskell, Norrvik, Tramont, Halden, Ostrava Line, Pellworth, Riverway, Kestrel, Dunmore',
    ),
    names: words('Haulage, Freight, Road Transport, Trucking, Transporte'),
    pains: ['breakdowns', 'defects', 'inspections', 'tyres', 'garages', 'warranty'],
    density: 70,
  },
  {
    industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
    fit: 0.5,
    weight: 18,
    fleet: 'delivery vans',
    vehicle: 'van',
    site: 'hub',
    sites: 'hubs',
    stems: words('Parcelo, Mistral, Quaymark, Lumeta, Interport, Veldhaus, Cobalt, Swiftlane, Anchorpoint'),
    names: words('Logistics, Distribution, Delivery, Supply, Logistik'),
    pains: ['defects', 'garages', 'breakdowns', 'electric', 'odometers'],
    density: 45,
  },
  {
    industry: 'ENVIRONMENTAL_SERVICES',
    fit: 1,
    weight: 14,
    fleet: 'refuse trucks',
    vehicle: 'refuse truck',
    ...depots,
    stems: words('Greentide, Marlowe, Rekova, Urbania, Terravio, Saltmere, Clearstead'),
    names: words('Waste Services, Recycling, Umwelt, Ambiente, Environmental'),
    pains: ['breakdowns', 'parts', 'downtime', 'inspections', 'technicians'],
    density: 38,
  },
  {
    industry: 'LEISURE_TRAVEL_TOURISM',
    fit: 0.6,
    weight: 11,
    fleet: 'coaches',
    vehicle: 'coach',
    site: 'garage',
    sites: 'garages',
    stems: words('Alpenroute, Seaborough, Vialta, Corriere, Blue Heron, Fjordlinje, Montseny'),
    names: words('Coaches, Travel, Busreisen, Autobuses, Tours'),
    pains: ['inspections', 'defects', 'downtime', 'warranty'],
    density: 42,
  },
  {
    industry: 'UTILITIES',
    fit: 0.3,
    weight: 12,
    fleet: 'service vans',
    vehicle: 'service van',
    ...depots,
    stems: words('Norderland, Aquavia, Voltara, Eastmoor, Hydrosol, Pennant, Lichtwerk'),
    names: words('Water, Energy Networks, Netze, Energía, Utilities'),
    pains: ['garages', 'odometers', 'electric', 'inspections', 'defects'],
    density: 18,
  },
  {
    industry: 'CONSTRUCTION',
    fit: 0.1,
    weight: 15,
    fleet: 'machines and tippers',
    vehicle: 'machine',
    site: 'yard',
    sites: 'yards',
    stems: words('Granholm, Stonecross, Bauer & Rieck, Puente Alto, Ironfield, Cavalli, Wexcombe, Tarnów'),
    names: words('Construction, Tiefbau, Civil Works, Costruzioni, Plant Hire'),
    pains: ['odometers', 'parts', 'technicians', 'downtime', 'garages'],
    density: 16,
  },
  {
    industry: 'FOOD_BEVERAGES',
    fit: 0.2,
    weight: 10,
    fleet: 'reefer trucks',
    vehicle: 'reefer',
    site: 'hub',
    sites: 'hubs',
    stems: words('Frostvale, Molino Nuevo, Harvest Row, Dairymark, Polarkost, Bellfield'),
    names: words('Foods, Dairy, Alimentos, Chilled, Fresh'),
    pains: ['breakdowns', 'downtime', 'tyres', 'garages'],
    density: 14,
  },
  {
    industry: 'GOVERNMENT_ADMINISTRATION',
    fit: -0.4,
    weight: 7,
    fleet: 'municipal vehicles',
    vehicle: 'vehicle',
    ...depots,
    stems: words('Westhaven, Brückfeld, Vallecampo, Oakhurst, Nieuwmeer'),
    names: words('City Services, County Works, Stadtwerke, Municipal Services'),
    pains: ['inspections', 'electric', 'parts', 'technicians'],
    density: 20,
  },
  {
    industry: 'MANAGEMENT_CONSULTING',
    fit: -1.5,
    weight: 6,
    fleet: 'company cars',
    vehicle: 'car',
    site: 'office',
    sites: 'offices',
    stems: words('Arkwright, Sondelm, Trivium, Calder'),
    names: words('Advisory, Partners, Consulting'),
    pains: ['odometers', 'electric'],
    density: 6,
  },
  {
    industry: 'COMPUTER_SOFTWARE',
    fit: -1.3,
    weight: 5,
    fleet: 'pool cars',
    vehicle: 'car',
    site: 'office',
    sites: 'offices',
    stems: words('Nimbara, Datenhof, Quillio, Orbisoft'),
    names: words('Software, Systems, Digital'),
    pains: ['odometers', 'electric'],
    density: 4,
  },
];
