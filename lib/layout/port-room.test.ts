import { expect, test } from 'vitest';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { checkedOf } from '@/lib/edit/checked-of';
import { boxOf, overlaps } from './boxes';
import { formOfNode } from './card-size';
import { portPositions } from './geometry';
import { HIT_INSIDE, portRooms } from './port-room';

/** What a finger needs where ports are smallest, and what every port has. */
const WANTED = 44 / 0.35;
const LEAST = 26;

test.each(['ring', 'ac-gan', 'cyclegan', 'dcgan-glyphs'])(
  'V5: in %s no target of a port reaches over another card, seen from afar',
  (id) => {
    const checked = checkedOf(exampleGraph(id));
    const rooms = portRooms(checked);
    const ids = [...checked.nodes.keys(), ...checked.networks.keys()];
    let larger = 0;
    const covered = [...checked.nodes].flatMap(([node, found]) => {
      const box = boxOf(checked, node);
      if (!box) return [];
      return portPositions(formOfNode(found, checked)).flatMap(({ name, end, side, y }) => {
        const hit = Math.max(LEAST, Math.min(WANTED, rooms.get(node)?.get(`${end}.${name}`) ?? WANTED));
        if (hit > LEAST) larger++;
        const left = side === 'right' ? box.x + box.width - HIT_INSIDE : box.x + HIT_INSIDE - hit;
        const target = { x: left, y: box.y + y - hit / 2, width: hit, height: hit };
        return ids.flatMap((other) => {
          const card = other === node || other === found.node.network ? undefined : boxOf(checked, other);
          const isBeside = checked.nodes.get(other)?.node.network === found.node.network;
          return card && isBeside && hit > LEAST && overlaps(target, card, -0.5)
            ? [`${node}.${name} on ${other}`]
            : [];
        });
      });
    });
    expect(covered).toEqual([]);
    expect(larger).toBeGreaterThan(0);
  },
);
