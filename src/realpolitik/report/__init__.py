"""realpolitik.report"""
