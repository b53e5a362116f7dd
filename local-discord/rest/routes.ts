import { accountRoutes } from './account-routes.js';
import { cdnRoutes } from './cdn-routes.js';
import { channelRoutes } from './channel-routes.js';
import { commandRoutes } from './command-routes.js';
import { interactionRoutes } from './interaction-routes.js';
import { voiceRoutes } from './voice-routes.js';

/** Everything under `/api/v10`. */
export const apiRoutes = [
  ...accountRoutes,
  ...commandRoutes,
  ...interactionRoutes,
  ...channelRoutes,
  ...voiceRoutes,
];

export { cdnRoutes };

/** Method and path as Discord's OpenAPI document spells them. */
export type RouteName = (typeof apiRoutes)[number]['name'] | (typeof cdnRoutes)[number]['name'];
