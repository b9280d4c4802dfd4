export { FlowLogs, type FlowLogsProps, flowLogGroupName } from "./flow-logs";
export type { VpcAttributes } from "./imported-vpc";
export { SUBNET_TIERS, type SubnetTier } from "./subnet-layout";
export { Vpc } from "./vpc";
export { PRIVATE_CLUSTER_ENDPOINTS, VpcEndpoints, type VpcEndpointsProps } from "./vpc-endpoints";
export type { ISubnet, IVpc } from "./vpc-interface";
export type { NatGateways, SecondaryCidrBlock, SubnetCidrBlocks, VpcProps } from "./vpc-props";
