import { segmentDayEnded, segmentDue } from '../../events/segment.ts';
import { on, onAll, work } from '../shared/http/contract.ts';
import { segmentRoutes } from './segment-routes.ts';
import { segmentationRoutes } from './segmentation-routes.ts';

export const about = 'Segments: which customers meet a condition, up to date with every event; and segmentations.';

export const routes = { ...segmentRoutes, ...segmentationRoutes };

export const subscriptions = {
  judgeCustomer: onAll('judges a customer by the segments that an event concerns', [], {
    except: [segmentDue.name, segmentDayEnded.name],
    history: true,
  }),
  judgeDue: on([segmentDue], 'judges a customer when time alone may have changed its segments'),
  measureSegment: on([segmentDayEnded], 'stores the size of a segment at the end of a day'),
};

export const works = {
  'build-segments': work('judges all customers by segments'),
  'clear-segments': work('removes the members of deleted segments'),
};
