/** Failure types that travel between activities, workflow and sender. */
export const FAILURE = {
  refused: 'Refused',
  parked: 'PracticeParked',
  strange: 'StrangeMessage',
  notAPractice: 'NotAPractice',
  diverged: 'ProjectionDiverged',
  positionRefused: 'PositionRefused',
  recipientRefused: 'RecipientRefused',
} as const;
